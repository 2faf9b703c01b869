"""Django settings, read from the environment: ``base`` for every face, ``testing`` for tests."""
