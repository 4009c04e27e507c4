// SPDX-License-Identifier: Apache-2.0
/** Stationary iterations that damp the oscillating part of an error. */
package org.sparkjno.amg.smoother;
