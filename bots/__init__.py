"""The conversation: a member's text in, a reply out; pure, and knows no wire and no database."""
