// SPDX-License-Identifier: Apache-2.0
/** Random numbers that are the same on every machine. */
package org.sparkjno.kernels.random;
