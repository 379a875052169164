package hudson;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a type that extensions implement. */
public interface ExtensionPoint {
    /** Says that an old extension point still works without an annotation on its implementations. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface LegacyInstancesAreScopedToHudson {}
}
