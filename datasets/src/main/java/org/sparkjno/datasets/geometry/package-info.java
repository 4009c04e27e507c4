// SPDX-License-Identifier: Apache-2.0
/** Shapes in one to three dimensions with tagged boundaries: their Boolean combinations, samples and triangulations. */
package org.sparkjno.datasets.geometry;
