"""What the houses offer to the loading of the register."""

from ministries.loading.houses import load_ministries
from ministries.loading.register_loading import register_loader

register_loader(load_ministries, position=10)
