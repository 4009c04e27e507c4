// SPDX-License-Identifier: Apache-2.0
/** Preconditioners of indefinite matrices out of those of definite ones: constraints by blocks, waves by their diffusion. */
package org.sparkjno.amg.indefinite;
