// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.io.Serializable;

/** A smooth piece of a boundary with a tag, an orientation, and a chart that puts points and outward unit normals. */
sealed interface Patch extends Chart, Serializable permits EndPoint, Curve, Surface, Trimmed {
    String tag();

    /** Its count (ends of an interval), length or area. */
    double measure();

    /** Lengths of the stretched axes of the chart, about; one per coordinate that the chart maps. */
    double[] extents();

    /** The integral of x · n over the patch: summed over a closed boundary, the measure inside times its dimensions. */
    double flux();

    /** The same points with opposite normals. */
    Patch flipped();

    /** The same piece by another name. */
    Patch tagged(String name);
}
