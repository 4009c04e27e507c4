// SPDX-License-Identifier: Apache-2.0
/** Sparse solves from end to end: solvers that are set up once per matrix, and the solve as a differentiable graph value. */
package org.sparkjno.amg.solve;
