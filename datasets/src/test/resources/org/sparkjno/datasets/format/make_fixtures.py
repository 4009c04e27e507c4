"""Writes the HDF5 fixtures beside this file, in the layout of PDEBench's 2-D Darcy files (h5py 3.7, HDF5 1.10.8)."""
import pathlib

import h5py
import numpy as np

here = pathlib.Path(__file__).parent
n, s = 3, 8
index, i, j = np.meshgrid(np.arange(n), np.arange(s), np.arange(s), indexing="ij")
nu = 1 + 100 * index + 10 * i + j
tensor = (-(1 + 100 * index + 10 * i + j) / 4)[:, None]
centres = (np.arange(s) + 0.5) / s


def write(name, dtype, userblock=0, **options):
    with h5py.File(here / name, "w", userblock_size=userblock) as file:
        file.attrs["beta"] = 0.1
        file.create_dataset("nu", data=nu.astype(dtype), **options)
        shape = (options["chunks"][0], 1) + options["chunks"][1:] if "chunks" in options else None
        file.create_dataset("tensor", data=tensor.astype(dtype), **(options | {"chunks": shape} if shape else options))
        file.create_dataset("x-coordinate", data=centres.astype(dtype))
        file.create_dataset("y-coordinate", data=centres.astype(dtype))


write("contiguous.h5", "<f4")
write("big-endian.h5", ">f8", userblock=512)
write("chunked.h5", "<f4", chunks=(2, 5, 3), shuffle=True, compression="gzip", compression_opts=4)
