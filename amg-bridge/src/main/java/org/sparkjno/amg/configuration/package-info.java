// SPDX-License-Identifier: Apache-2.0
/** Solver settings by name: those of this library, checked and in canonical order, and those of AmgX translated to them. */
package org.sparkjno.amg.configuration;
