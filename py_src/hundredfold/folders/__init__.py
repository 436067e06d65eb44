"""Exhibits that lie in folders of their own: reads them, makes them part of a site, and writes new ones."""
