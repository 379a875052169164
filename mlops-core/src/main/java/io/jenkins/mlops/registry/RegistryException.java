package io.jenkins.mlops.registry;

/** Says why the registry refused or could not do what was asked; nothing was changed. */
public class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What was named isn't there. */
    public static class NotFound extends RegistryException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message);
        }
    }

    /** Things have moved on since the caller looked: already decided, another policy, another digest. */
    public static class Conflict extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }
    }

    /** A rule says no: separation of duties, not an approver, no valid promotion. */
    public static class Forbidden extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Forbidden(String message) {
            super(message);
        }
    }

    /** The database can't be used: locked, newer, corrupted, full, unreachable. */
    public static class Unavailable extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message);
        }
    }
}
