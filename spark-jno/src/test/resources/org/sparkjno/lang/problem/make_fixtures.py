"""Writes the archives of this folder with NumPy 2: the array of OnDemandTest, plain and compressed."""

import numpy as np

rows = (0.5 + np.sin(np.arange(42.0))).reshape(7, 2, 3)
np.savez("rows.npz", other=np.arange(5), rows=rows, single=rows.astype("f4"), big=rows.astype(">f8"), turned=rows.T)
np.savez_compressed("compressed.npz", rows=rows)
