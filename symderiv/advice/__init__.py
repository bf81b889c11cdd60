"""Proposals for the kernel, which checks each of them: nothing here is trusted."""
