"""How people found the handling of their complaint, asked of them and counted apart from everything else (8.3)."""
