// SPDX-License-Identifier: Apache-2.0
/** Races of compiled steps against the same steps of other libraries, in one run on one machine. */
package org.sparkjno.bench;
