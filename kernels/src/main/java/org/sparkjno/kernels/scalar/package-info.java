// SPDX-License-Identifier: Apache-2.0
/** The table of scalar primitives: value, derivative, edge cases and spelling of each, once. */
package org.sparkjno.kernels.scalar;
