// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.sparkjno.lang.problem.Study;

/** Finds a study by the name of its class. */
final class StudyClass {
    private StudyClass() {}

    /**
     * A new study.
     *
     * @param name of a class on the class path, or in a jar of spark-submit
     * @throws IllegalArgumentException with one sentence when there is no such class, or it is no study that can be made
     */
    static Study named(String name) {
        try {
            Class<?> found = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
            if (!Study.class.isAssignableFrom(found)) {
                throw new IllegalArgumentException("The class " + name + " is no problem that can be trained; let it"
                        + " implement " + Study.class.getName() + ".");
            }
            if (!Modifier.isPublic(found.getModifiers()) || Modifier.isAbstract(found.getModifiers())) {
                throw new IllegalArgumentException("The class " + name
                        + " cannot be made by name; declare it public, and neither abstract nor an interface.");
            }
            return found.asSubclass(Study.class).getConstructor().newInstance();
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "There is no class " + name + (name.equals(e.getMessage()) ? "" : " that fits: " + e.getMessage())
                            + "; name it in full, package included, and its jar by --jars.",
                    e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "The class " + name + " has no public constructor without arguments; give it one, and static if"
                            + " it stands within another class.",
                    e);
        } catch (InvocationTargetException e) {
            String reason = Sentence.of(e.getCause());
            throw new IllegalArgumentException("The class " + name + " fails when it is made: " + reason, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("The class " + name + " cannot be made: " + e.getMessage() + ".", e);
        }
    }
}
