"""Pages of the hall for officials."""
