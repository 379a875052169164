package hudson.remoting;

/** The result of a call that goes on. */
public interface Future<V> extends java.util.concurrent.Future<V> {}
