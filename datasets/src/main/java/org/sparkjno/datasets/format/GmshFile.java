// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.datasets.mesh.Mesh;

/**
 * Reads meshes in the format of gmsh, versions 2.2 and 4.1, as text or binary. Physical groups of boundary facets become
 * tags and those of cells become regions, by their names or else their numbers; groups inside the mesh are passed over.
 *
 * @see <a href="https://gmsh.info/doc/texinfo/gmsh.html#MSH-file-format">The format</a>
 */
public final class GmshFile {
    private final String file;
    private final GmshInput input;
    private final Map<List<Integer>, String> names = new HashMap<>();
    /** Physical groups of an entity, by its dimension and number; version 4 only. */
    private final Map<List<Integer>, List<String>> groups = new HashMap<>();
    /** Places of points by their numbers. */
    private final Map<Integer, Integer> places = new HashMap<>();

    private MeshParts parts;

    private GmshFile(String file, GmshInput input) {
        this.file = file;
        this.input = input;
    }

    /**
     * Reads a file to its end.
     *
     * @param file its name, for messages
     * @param stream its bytes; stays open
     * @throws FormatException when it is truncated or holds other than segments, triangles or tetrahedra that fill a region
     */
    public static Mesh read(String file, InputStream stream) throws IOException {
        return new GmshFile(file, new GmshInput(file, stream.readAllBytes())).mesh();
    }

    private Mesh mesh() throws FormatException {
        if (!input.line().equals("$MeshFormat")) {
            throw input.malformed("it does not begin with $MeshFormat");
        }
        String[] format = input.words();
        boolean old = format[0].startsWith("2.");
        if (format.length != 3 || !old && !format[0].equals("4.1")) {
            throw new FormatException(file + " is written in version " + format[0] + " of gmsh's format; set"
                    + " Mesh.MshFileVersion to 2.2 or 4.1 in gmsh and save it again.");
        }
        if (format[1].equals("1")) {
            input.binary();
        }
        while (input.hasRemaining()) {
            String section = input.line();
            switch (section) {
                case "$PhysicalNames" -> physicalNames();
                case "$Entities" -> entities();
                case "$Nodes" -> nodes(old);
                case "$Elements" -> elements(old);
                case "$PartitionedEntities" ->
                    throw new FormatException(
                            file + " is partitioned; save it without partitions in gmsh (Mesh.NbPartitions 0).");
                default -> skip(section);
            }
        }
        if (parts == null) {
            throw input.malformed("it has no nodes");
        }
        return parts.assemble().mesh();
    }

    /** Passes over a section that says nothing of the mesh, as $Periodic; the ends of others are passed over likewise. */
    private void skip(String section) {
        if (section.startsWith("$") && !section.startsWith("$End")) {
            String end = "$End" + section.substring(1);
            while (input.hasRemaining() && !input.line().endsWith(end)) {
                // Another line of it.
            }
        }
    }

    private void physicalNames() throws FormatException {
        int count = input.countLine();
        for (int i = 0; i < count; i++) {
            String line = input.line();
            String[] words = line.split("\\s+", 3);
            if (words.length < 3 || words[2].length() < 2) {
                throw input.malformed("the name of a physical group reads '" + line + "'");
            }
            String name = words[2].substring(1, words[2].length() - 1);
            names.put(List.of(Integer.parseInt(words[0]), Integer.parseInt(words[1])), name);
        }
    }

    private String name(int dimension, int group) {
        return names.getOrDefault(List.of(dimension, group), Integer.toString(group));
    }

    private void entities() throws FormatException {
        int[] counts = {input.size(), input.size(), input.size(), input.size()};
        for (int dimension = 0; dimension < counts.length; dimension++) {
            for (int i = 0; i < counts[dimension]; i++) {
                int number = input.integer();
                // The point, or two corners of a box around the entity.
                for (int k = 0; k < (dimension == 0 ? 3 : 6); k++) {
                    input.real();
                }
                List<String> of = new ArrayList<>();
                for (int left = input.size(); left > 0; left--) {
                    of.add(name(dimension, input.integer()));
                }
                groups.put(List.of(dimension, number), of);
                for (int left = dimension == 0 ? 0 : input.size(); left > 0; left--) {
                    input.integer();
                }
            }
        }
    }

    private void nodes(boolean old) throws FormatException {
        double[] points = old ? listedNodes() : blocksOfNodes();
        parts = new MeshParts(file, points);
    }

    private double[] listedNodes() throws FormatException {
        double[] points = new double[3 * input.countLine()];
        for (int i = 0; i < points.length; i += 3) {
            places.put(input.integer(), i / 3);
            point(points, i);
        }
        return points;
    }

    private double[] blocksOfNodes() throws FormatException {
        int blocks = input.size();
        double[] points = new double[3 * input.size()];
        input.size();
        input.size();
        int next = 0;
        for (int block = 0; block < blocks; block++) {
            int dimension = input.integer();
            input.integer();
            boolean parametric = input.integer() != 0;
            int count = input.size();
            if (next + count > points.length / 3) {
                throw input.malformed("its blocks hold more nodes than it announces");
            }
            for (int i = 0; i < count; i++) {
                places.put(input.size(), next + i);
            }
            for (int i = 0; i < count; i++) {
                point(points, 3 * next++);
                for (int k = 0; parametric && k < dimension; k++) {
                    input.real();
                }
            }
        }
        return points;
    }

    private void point(double[] points, int start) throws FormatException {
        for (int axis = 0; axis < 3; axis++) {
            points[start + axis] = input.real();
        }
    }

    private void elements(boolean old) throws FormatException {
        if (parts == null) {
            throw input.malformed("its elements come before its nodes");
        }
        if (!old) {
            blocksOfElements();
        } else if (input.isBinary()) {
            runsOfElements();
        } else {
            for (int left = input.countLine(); left > 0; left--) {
                input.integer();
                Cell cell = GmshElement.cell(file, input.integer());
                listedElement(cell, input.integer());
            }
        }
    }

    private void runsOfElements() throws FormatException {
        int left = input.countLine();
        while (left > 0) {
            Cell cell = GmshElement.cell(file, input.integer());
            int run = input.integer();
            int tags = input.integer();
            for (int i = 0; i < run; i++) {
                input.integer();
                listedElement(cell, tags);
            }
            left -= Math.max(1, run);
        }
    }

    /** The first of an element's tags is its physical group, 0 for none. */
    private void listedElement(Cell cell, int tags) throws FormatException {
        int group = tags > 0 ? input.integer() : 0;
        for (int k = 1; k < tags; k++) {
            input.integer();
        }
        int[] nodes = new int[cell.nodes()];
        for (int k = 0; k < nodes.length; k++) {
            nodes[k] = places.getOrDefault(input.integer(), -1);
        }
        parts.add(cell, nodes, group == 0 ? List.of() : List.of(name(cell.dimensions(), group)));
    }

    private void blocksOfElements() throws FormatException {
        int blocks = input.size();
        for (int k = 0; k < 3; k++) {
            input.size();
        }
        for (int block = 0; block < blocks; block++) {
            List<Integer> entity = List.of(input.integer(), input.integer());
            Cell cell = GmshElement.cell(file, input.integer());
            List<String> of = groups.getOrDefault(entity, List.of());
            for (int left = input.size(); left > 0; left--) {
                input.size();
                int[] nodes = new int[cell.nodes()];
                for (int k = 0; k < nodes.length; k++) {
                    nodes[k] = places.getOrDefault(input.size(), -1);
                }
                parts.add(cell, nodes, of);
            }
        }
    }
}
