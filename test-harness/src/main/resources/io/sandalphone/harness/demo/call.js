'use strict';
(() => {
  document.documentElement.classList.add('js');
  const timeline = document.querySelector('.timeline');
  const scroll = document.querySelector('.scroll');
  const playhead = document.getElementById('playhead');
  const players = [...document.querySelectorAll('audio')];
  const starts = player => Number(player.dataset.starts);
  const items = [...document.querySelectorAll('.list > li')];
  const second = () => timeline.querySelector('svg').clientWidth / Number(timeline.dataset.seconds);
  let current = players[0];

  const time = () => current.currentTime + starts(current);
  function show(follow) {
    const x = time() * second();
    playhead.style.display = 'block';
    playhead.style.left = x + 'px';
    if (follow && (x < scroll.scrollLeft + 40 || x > scroll.scrollLeft + scroll.clientWidth * 0.8)) {
      scroll.scrollLeft = x - scroll.clientWidth * 0.2;
    }
    for (const item of items) {
      item.classList.toggle('playing', time() >= Number(item.dataset.from) && time() < Number(item.dataset.to));
    }
  }
  function seek(seconds, play) {
    for (const player of players) {
      player.currentTime = Math.max(0, seconds - starts(player));
    }
    if (play) {
      current.play();
    }
    show(true);
  }
  function frame() {
    show(true);
    if (!current.paused) {
      requestAnimationFrame(frame);
    }
  }
  for (const player of players) {
    player.addEventListener('play', () => {
      for (const other of players) {
        if (other !== player) {
          other.pause();
        }
      }
      current = player;
      requestAnimationFrame(frame);
    });
    player.addEventListener('seeked', () => {
      if (player === current) {
        show(false);
      }
    });
  }
  for (const button of document.querySelectorAll('button[data-at]')) {
    button.addEventListener('click', () => seek(Number(button.dataset.at), true));
  }
  timeline.addEventListener('click', event => {
    if (!event.target.closest('button')) {
      seek((event.clientX - timeline.getBoundingClientRect().left) / second(), false);
    }
  });
})();
