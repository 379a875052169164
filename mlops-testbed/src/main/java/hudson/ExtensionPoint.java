package hudson;

/** Marks a type that extensions implement. */
public interface ExtensionPoint {}
