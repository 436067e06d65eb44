"""Makes the site for hosts that run nothing: the page, the models, and what the there-side answered, recorded."""
