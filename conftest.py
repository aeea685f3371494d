"""Wiring: options, the world, visits and results, for `suites/` and for the tests that walk."""

pytest_plugins = [
    "suites.plugins.options",
    "suites.plugins.world",
    "suites.plugins.visits",
    "suites.plugins.results",
    "suites.plugins.progress",
    "reporting.allure_results",
]
