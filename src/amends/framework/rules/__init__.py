"""Rule packs: what a document says, and whether it contradicts itself. Pure functions of the document."""
