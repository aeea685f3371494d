"""Wiring: options, the world, visits and results, for `suites/` and for the tests that walk."""

pytest_plugins = [
    "suites.plugins.options",
    "suites.plugins.folders",
    "suites.plugins.world",
    "suites.plugins.visits",
    "suites.plugins.walks",
    "suites.plugins.secrecy",
    "suites.plugins.results",
    "suites.plugins.progress",
    "reporting.allure_results",
    "reporting.sealing_at_end",
]
