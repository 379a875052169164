package hudson.remoting;

import java.io.IOException;

/** The other side is gone. */
public class ChannelClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    public ChannelClosedException(Throwable cause) {
        super(cause);
    }
}
