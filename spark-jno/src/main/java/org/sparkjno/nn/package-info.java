// SPDX-License-Identifier: Apache-2.0
/** Models as plain values: layers, operator families, their parameters and losses. */
package org.sparkjno.nn;
