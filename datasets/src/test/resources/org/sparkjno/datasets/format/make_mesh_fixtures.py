"""Writes the mesh files of this folder with gmsh 4.15, meshio 5.3 and VTK: a plate with a hole, a rod, a block, quadrangles."""

import gmsh
import meshio
import numpy as np
import vtk


def plate():
    rectangle = gmsh.model.occ.addRectangle(0, 0, 0, 2, 1)
    disk = gmsh.model.occ.addDisk(1, 0.5, 0, 0.3, 0.3)
    (surface,), _ = gmsh.model.occ.cut([(2, rectangle)], [(2, disk)])
    gmsh.model.occ.synchronize()
    groups = {"inlet": [], "wall": [], "hole": []}
    for dimension, tag in gmsh.model.getEntities(1):
        left, _, _, right, _, _ = gmsh.model.getBoundingBox(dimension, tag)
        groups["inlet" if right < 1e-6 else "hole" if left > 0.5 and right < 1.5 else "wall"].append(tag)
    gmsh.model.addPhysicalGroup(1, groups["inlet"], 11, "inlet")
    gmsh.model.addPhysicalGroup(1, groups["wall"], 12, "wall")
    gmsh.model.addPhysicalGroup(1, groups["hole"], 13)
    gmsh.model.addPhysicalGroup(2, [surface[1]], 1, "fluid")
    return 2, 0.6


def rod():
    west = gmsh.model.occ.addPoint(0, 0, 0)
    east = gmsh.model.occ.addPoint(2, 0, 0)
    line = gmsh.model.occ.addLine(west, east)
    gmsh.model.occ.synchronize()
    gmsh.model.addPhysicalGroup(0, [west], name="west")
    gmsh.model.addPhysicalGroup(0, [east], name="east")
    gmsh.model.addPhysicalGroup(1, [line], name="rod")
    return 1, 0.5


def block():
    box = gmsh.model.occ.addBox(0, 0, 0, 1, 1, 2)
    gmsh.model.occ.synchronize()
    groups = {"bottom": [], "top": [], "side": []}
    for dimension, tag in gmsh.model.getEntities(2):
        _, _, low, _, _, high = gmsh.model.getBoundingBox(dimension, tag)
        groups["bottom" if high < 0.1 else "top" if low > 1.9 else "side"].append(tag)
    for name, tags in groups.items():
        gmsh.model.addPhysicalGroup(2, tags, name=name)
    gmsh.model.addPhysicalGroup(3, [box], name="solid")
    return 3, 1.0


def quads():
    gmsh.model.occ.addRectangle(0, 0, 0, 1, 1)
    gmsh.model.occ.synchronize()
    gmsh.option.setNumber("Mesh.RecombineAll", 1)
    return 2, 0.5


def write(name, model, files):
    gmsh.initialize()
    gmsh.model.add(name)
    dimension, size = model()
    gmsh.option.setNumber("Mesh.MeshSizeMax", size)
    gmsh.model.mesh.generate(dimension)
    for version, binary in files:
        gmsh.option.setNumber("Mesh.MshFileVersion", version)
        gmsh.option.setNumber("Mesh.Binary", binary)
        gmsh.write(f"{name}-{version}{'-binary' if binary else ''}.msh")
    gmsh.finalize()


write("plate", plate, [(2.2, 0), (2.2, 1), (4.1, 0), (4.1, 1)])
write("line", rod, [(2.2, 0), (4.1, 1)])
write("block", block, [(4.1, 0), (2.2, 1)])
write("quads", quads, [(4.1, 0)])

source = meshio.read("plate-4.1.msh")
triangles = np.concatenate([cells.data for cells in source.cells if cells.type == "triangle"])
points = source.points
fields = {"u": points[:, 0] ** 2 + points[:, 1], "v": np.stack([points[:, 1], -points[:, 0], 0 * points[:, 0]], 1)}
mesh = meshio.Mesh(points, [("triangle", triangles)], point_data=fields)
meshio.vtk.write("plate-42.vtk", mesh, "4.2", binary=False)
meshio.vtk.write("plate-42-binary.vtk", mesh, "4.2", binary=True)
meshio.vtu.write("plate-ascii.vtu", mesh, binary=False)
meshio.vtu.write("plate-base64.vtu", mesh, binary=True, compression=None)
meshio.vtu.write("plate-zlib.vtu", mesh, binary=True, compression="zlib")

reader = vtk.vtkXMLUnstructuredGridReader()
reader.SetFileName("plate-base64.vtu")
reader.Update()
for name, encoded, zlib, wide in [
    ("appended-raw", False, False, True),
    ("appended-raw-zlib", False, True, False),
    ("appended-base64", True, False, False),
    ("appended-base64-zlib", True, True, True),
]:
    writer = vtk.vtkXMLUnstructuredGridWriter()
    writer.SetInputData(reader.GetOutput())
    writer.SetFileName(f"plate-{name}.vtu")
    writer.SetDataModeToAppended()
    writer.SetEncodeAppendedData(encoded)
    writer.SetCompressorTypeToZLib() if zlib else writer.SetCompressorTypeToNone()
    writer.SetHeaderTypeToUInt64() if wide else writer.SetHeaderTypeToUInt32()
    writer.Write()
for binary in (False, True):
    writer = vtk.vtkUnstructuredGridWriter()
    writer.SetInputData(reader.GetOutput())
    writer.SetFileName(f"plate-51{'-binary' if binary else ''}.vtk")
    writer.SetFileTypeToBinary() if binary else writer.SetFileTypeToASCII()
    writer.Write()
