"""What all tests share."""

import importlib
import pkgutil

from hypothesis import HealthCheck, settings

import symderiv
from symderiv.worker import collect_seldom

collect_ignore_glob = ["programs/*", "forms/*"]  # they are read by tests/loops
pytest_plugins = ["pytester"]

# How fast the machine is that runs them decides over no test.
settings.register_profile("symderiv", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("symderiv")

# Workers are forks of this process: what it has imported, none of the thousands that the tests start imports again.
for module in pkgutil.walk_packages(symderiv.__path__, "symderiv."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

# Many tests do here what the program does in processes of its own, and garbage is looked for as seldom as there.
collect_seldom()
