"""The forge trains on one thread in its tests: several wait for each other, the longer the busier the machine is."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
