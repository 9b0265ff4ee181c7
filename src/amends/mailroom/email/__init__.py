"""E-mail: kept as it comes, told apart, and made a complaint or a reply."""
