// SPDX-License-Identifier: Apache-2.0
/** Units of measurement: products of rational powers of the base units of the SI, and a factor. */
package org.sparkjno.lang.unit;
