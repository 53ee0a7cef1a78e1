document.documentElement.classList.add("quiet");
