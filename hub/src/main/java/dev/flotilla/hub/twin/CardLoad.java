package dev.flotilla.hub.twin;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Gpu;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A card and what lies on it. */
public record CardLoad(String machine, Gpu gpu, List<VramItem> items) {
  public CardLoad {
    items = List.copyOf(items);
  }

  Bytes used() {
    return items.stream().map(VramItem::vram).reduce(Bytes.ZERO, Bytes::plus);
  }

  /** What is left; zero when it is overfull. */
  Bytes free() {
    return new Bytes(Math.max(0, gpu.vram().count() - used().count()));
  }

  boolean fits(Bytes more) {
    return used().plus(more).compareTo(gpu.vram()) <= 0;
  }

  CardLoad with(VramItem item) {
    List<VramItem> more = new ArrayList<>(items);
    more.add(item);
    return new CardLoad(machine, gpu, more);
  }

  /** {@code 24 GiB − 13 GiB (model chat) − 4 GiB (agent Vision) = 7 GiB}. */
  String arithmetic() {
    String taken =
        items.stream()
            .map(i -> " − " + i.vram() + " (" + i.what() + ")")
            .collect(Collectors.joining());
    long left = gpu.vram().count() - used().count();
    String result = left >= 0 ? new Bytes(left) + " free" : new Bytes(-left) + " too much";
    return gpu.vram() + taken + " = " + result;
  }

  String title() {
    return "GPU " + gpu.index() + " of " + machine + " (" + gpu.name() + ")";
  }
}
