// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import org.sparkjno.checkpoint.LayerJson;
import org.sparkjno.lang.expression.Architecture;

/** Architectures as JSON text. Each kind that holds no code has a name here that never changes. */
public final class ArchitectureJson {
    private ArchitectureJson() {}

    /** Architectures are written with their kind, and without what follows from it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonIgnoreProperties("pointwise")
    private interface Kind {}

    /** The beginning of a mapper that writes and reads architectures. */
    public static JsonMapper.Builder mapper() {
        return LayerJson.mapper()
                .addMixIn(Architecture.class, Kind.class)
                .registerSubtypes(
                        new NamedType(PointNetwork.class, "point-network"),
                        new NamedType(BranchTrunk.class, "branch-trunk"),
                        new NamedType(FieldOperator.class, "field-operator"),
                        new NamedType(Coefficient.class, "coefficient"),
                        new NamedType(Adapted.class, "adapted"),
                        new NamedType(Typed.class, "typed"));
    }
}
