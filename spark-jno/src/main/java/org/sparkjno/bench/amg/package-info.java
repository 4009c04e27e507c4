// SPDX-License-Identifier: Apache-2.0
/** Measures the sparse solver against its bars, and races it against other libraries in one run on one machine. */
package org.sparkjno.bench.amg;
