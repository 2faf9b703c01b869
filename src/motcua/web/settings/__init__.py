"""Django settings, all read from the environment: ``base`` for every face, ``testing`` for tests."""
