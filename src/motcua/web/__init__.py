"""The shell: settings, root URLs, design system, portal and console frames, command line."""
