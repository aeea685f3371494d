"""What the two OpenID providers share: VNeID, and the national portal's.

Authorization code flow with PKCE, nonce and signed ID tokens; who somebody is, each says itself.
"""
