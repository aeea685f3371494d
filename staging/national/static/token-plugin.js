// How the page talks to the signing program on the person's own machine: the VNPT-CA plugin's
// local WebSocket ports, tried in this order with a limit of 3 s each (portal-facts.md, graded C).
"use strict";

const PLUGIN_PORTS = [4433, 4434, 4435, 9201, 9202];
const PLUGIN_LIMIT = 3000;
const CHECK = 7;
const GET_CERTIFICATE = 0;
const SIGN_HASH = 9;

class TokenPlugin {
  static async connect() {
    for (const port of PLUGIN_PORTS) {
      const socket = await TokenPlugin.open(`wss://localhost:${port}/plugin`);
      if (socket) return new TokenPlugin(socket);
    }
    return null;
  }

  static open(address) {
    return new Promise((resolve) => {
      const socket = new WebSocket(address);
      const late = setTimeout(() => give(null), PLUGIN_LIMIT);
      function give(answer) {
        clearTimeout(late);
        if (!answer) socket.close();
        resolve(answer);
      }
      socket.onopen = () => give(socket);
      socket.onerror = () => give(null);
    });
  }

  constructor(socket) {
    this.socket = socket;
    this.waiting = new Map();
    this.calls = 0;
    // A reply is a string: <result>*<callback name>.
    socket.onmessage = ({ data }) => {
      const at = data.lastIndexOf("*");
      this.waiting.get(data.slice(at + 1))?.(data.slice(0, at));
    };
    socket.onclose = () => {
      for (const answer of this.waiting.values()) {
        answer(JSON.stringify({ Status: -1, Error: "Mất kết nối với VNPT-CA Plugin" }));
      }
    };
  }

  call(functionID, args) {
    const funcCallback = `onReply${++this.calls}`;
    this.socket.send(JSON.stringify({ functionID, funcCallback, args, domain: location.hostname }));
    return new Promise((resolve) => this.waiting.set(funcCallback, resolve));
  }

  async present() {
    return (await this.call(CHECK, [""])) === "1";
  }

  async certificate() {
    return JSON.parse(await this.call(GET_CERTIFICATE, [""]));
  }

  async signHash(hash, serial) {
    return JSON.parse(await this.call(SIGN_HASH, [hash, serial, "SHA256"]));
  }

  close() {
    this.socket.onclose = null;
    this.socket.close();
  }
}
