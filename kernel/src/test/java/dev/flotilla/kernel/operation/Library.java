package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service for tests: it keeps books. */
final class Library {
  enum Genre {
    SCIENCE_FICTION,
    POETRY
  }

  sealed interface Place {}

  record Shelf(int row) implements Place {}

  record Reader(String name) implements Place {}

  record Author(String name, Optional<Integer> born) {}

  record Book(String title, List<Author> authors, Genre genre, Place place) {}

  record Add(Book book, Optional<String> note, Map<String, Integer> copies) {
    Add {
      if (book != null && book.title().isEmpty()) {
        throw new IllegalArgumentException("a book has a title");
      }
    }
  }

  record Added(int number) {}

  record Find(String title) {}

  record Found(Optional<Book> book, String deadline) {}

  static List<Operation<?, ?>> operations() {
    return List.of(
        Operation.of("add", Add.class, Added.class, add -> new Added(add.book().authors().size()))
            .summary("Adds a book."),
        Operation.of("find", Find.class, Found.class, Library::find));
  }

  private static Found find(Find find) throws Exception {
    return switch (find.title()) {
      case "missing" ->
          throw Failure.notFound("no book \"missing\"", "a title we have", "Order it.").exception();
      case "lent" ->
          throw Failure.conflict("lent – to Zoë", "a book on a shelf", "Wait.").exception();
      case "closed" ->
          throw Failure.unavailable("closed", "opening hours", "Come tomorrow.").exception();
      case "broken" -> throw new IllegalStateException("the shelf fell over");
      default ->
          new Found(
              Optional.empty(), Deadline.current().map(d -> "" + d.toEpochMilli()).orElse("none"));
    };
  }

  private Library() {}
}
