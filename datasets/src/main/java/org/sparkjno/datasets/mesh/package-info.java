// SPDX-License-Identifier: Apache-2.0
/** Points with quadrature weights, simplicial meshes, and the difference operators that live on them. */
package org.sparkjno.datasets.mesh;
