"""Rule packs as people read them: what they say, where it stands, which apply, and rules of one's own."""
