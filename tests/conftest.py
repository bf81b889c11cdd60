"""What all tests share."""

from hypothesis import HealthCheck, settings

collect_ignore_glob = ["programs/*", "forms/*"]  # they are read by tests/loops
pytest_plugins = ["pytester"]

# How fast the machine is that runs them decides over no test.
settings.register_profile("symderiv", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("symderiv")
