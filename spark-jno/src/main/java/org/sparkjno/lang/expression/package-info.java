// SPDX-License-Identifier: Apache-2.0
/** Expressions of the traced language: what they are made of, which named axes they have, and how to write them. */
package org.sparkjno.lang.expression;
