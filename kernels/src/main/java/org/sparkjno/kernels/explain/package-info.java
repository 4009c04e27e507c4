// SPDX-License-Identifier: Apache-2.0
/** What a device made of a graph, as values and as text for people. */
package org.sparkjno.kernels.explain;
