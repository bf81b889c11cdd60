"""What all tests share."""

collect_ignore_glob = ["programs/*"]  # they are read by tests/loops
pytest_plugins = ["pytester"]
