// SPDX-License-Identifier: Apache-2.0
/** Expressions from text: residuals as one writes them, and named constants from files. */
package org.sparkjno.lang.text;
